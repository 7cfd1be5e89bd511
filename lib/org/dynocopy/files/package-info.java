/**
 * The files that runs keep on this machine: where they are, and who may read and write them. {@link
 * org.dynocopy.files.PrivateFiles} is the only class that makes one.
 */
@Internal
package org.dynocopy.files;

import org.dynocopy.Internal;

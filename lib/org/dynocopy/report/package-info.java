/** Tells people and programs what jobs will do, do, and have done. */
@Internal
package org.dynocopy.report;

import org.dynocopy.Internal;

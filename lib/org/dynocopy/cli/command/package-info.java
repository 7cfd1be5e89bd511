/** The commands and their options. */
@Internal
package org.dynocopy.cli.command;

import org.dynocopy.Internal;

/** How the process starts and ends: warm-up, signals, exit codes. */
@Internal
package org.dynocopy.cli.process;

import org.dynocopy.Internal;

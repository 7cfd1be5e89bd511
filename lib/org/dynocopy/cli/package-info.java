/**
 * The command line. Only here is anything written to standard output, and only here does the
 * process end.
 */
@Internal
package org.dynocopy.cli;

import org.dynocopy.Internal;

/** How the process starts and ends: warm-up, signals, exit codes. */
package org.dynocopy.cli.process;

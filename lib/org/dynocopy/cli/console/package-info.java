/** What is printed, and the keys that are pressed. */
package org.dynocopy.cli.console;

/** The commands and their options. */
package org.dynocopy.cli.command;

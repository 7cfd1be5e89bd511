/** Copies, also those that replace what the target has. */
package org.dynocopy.run.copy;

/** What is printed, and the keys that are pressed. */
@Internal
package org.dynocopy.cli.console;

import org.dynocopy.Internal;

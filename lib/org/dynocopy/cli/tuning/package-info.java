/** How rates are changed while jobs run. */
@Internal
package org.dynocopy.cli.tuning;

import org.dynocopy.Internal;

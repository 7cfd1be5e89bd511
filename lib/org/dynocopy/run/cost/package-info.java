/** What jobs will take: units, dollars and time. */
@Internal
package org.dynocopy.run.cost;

import org.dynocopy.Internal;

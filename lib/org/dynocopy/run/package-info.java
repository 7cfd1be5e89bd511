/**
 * What jobs do: each is prepared first, which finds and checks its tables, and then runs on the
 * engine, in stages.
 */
@Internal
package org.dynocopy.run;

import org.dynocopy.Internal;

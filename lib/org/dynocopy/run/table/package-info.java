/** Jobs on whole tables: deletions, and tables that are made. */
@Internal
package org.dynocopy.run.table;

import org.dynocopy.Internal;

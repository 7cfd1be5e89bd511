/** Jobs on whole tables: deletions, and tables that are made. */
package org.dynocopy.run.table;

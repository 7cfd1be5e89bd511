/** Prints items, one after the other as they come, in the formats of a query. */
package org.dynocopy.print;

/** Makes the code of a recipe compare and calculate as tables do. */
package org.dynocopy.dsl.table;

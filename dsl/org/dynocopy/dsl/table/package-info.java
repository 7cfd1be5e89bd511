/** Makes the code of a recipe compare and calculate as tables do. */
@Internal
package org.dynocopy.dsl.table;

import org.dynocopy.Internal;

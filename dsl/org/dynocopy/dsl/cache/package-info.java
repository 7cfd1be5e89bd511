/** What compiling a recipe gave, and how it is kept from one run to the next. */
@Internal
package org.dynocopy.dsl.cache;

import org.dynocopy.Internal;

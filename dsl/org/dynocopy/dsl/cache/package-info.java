/** What compiling a recipe gave, and how it is kept from one run to the next. */
package org.dynocopy.dsl.cache;

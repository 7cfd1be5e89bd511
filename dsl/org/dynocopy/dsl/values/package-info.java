/**
 * What a recipe's code calculates and compares with: the values of tables. A number has one
 * representation, equal text is equal, a dot is the attribute, and what is absent is neither less
 * nor greater. {@link org.dynocopy.dsl.table} compiles the operators of a recipe to calls of these.
 */
@Internal
package org.dynocopy.dsl.values;

import org.dynocopy.Internal;

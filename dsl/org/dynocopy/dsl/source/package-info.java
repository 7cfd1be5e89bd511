/** The files of a recipe, and what is wrong with them. */
package org.dynocopy.dsl.source;

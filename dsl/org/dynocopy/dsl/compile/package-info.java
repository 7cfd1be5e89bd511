/** Compiles the files of a recipe, or takes what compiling the same text gave before. */
package org.dynocopy.dsl.compile;

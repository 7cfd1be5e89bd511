/**
 * dynocopy for Java and JShell: {@link org.dynocopy.Dynocopy} is the way in, for the command line
 * and for recipes too.
 */
package org.dynocopy;

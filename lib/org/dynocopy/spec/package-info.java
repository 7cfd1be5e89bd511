/**
 * What to do, of each kind of job: immutable descriptions and their checks. Nothing here has
 * contacted anything, and nothing here depends on more than the JDK and {@code diagnostic}.
 */
package org.dynocopy.spec;

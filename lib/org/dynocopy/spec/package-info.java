/**
 * What to copy: immutable descriptions and their checks. Nothing here has contacted anything, and
 * nothing here depends on more than the JDK.
 */
package org.dynocopy.spec;

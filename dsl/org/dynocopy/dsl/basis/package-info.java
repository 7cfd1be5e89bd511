/** What the code of a filter depends on: the same in another run, or not. */
package org.dynocopy.dsl.basis;

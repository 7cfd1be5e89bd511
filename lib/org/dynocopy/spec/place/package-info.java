/** Where items are: environments, and the tables in them. */
package org.dynocopy.spec.place;

/** Sets of keys that are larger than memory, in files. */
package org.dynocopy.spill;

/** Tells whether items are the same: fingerprints of tables, however large they are. */
package org.dynocopy.verify;

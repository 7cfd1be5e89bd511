/** Comparisons of two tables, and fingerprints. */
package org.dynocopy.run.verify;

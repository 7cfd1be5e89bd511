/** Builders of descriptions: they collect words, note where each stands, and check the whole. */
package org.dynocopy.spec.build;

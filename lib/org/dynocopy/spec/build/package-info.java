/** Builders of descriptions: they collect words, note where each stands, and check the whole. */
@Internal
package org.dynocopy.spec.build;

import org.dynocopy.Internal;

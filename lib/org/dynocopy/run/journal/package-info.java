/**
 * What a run remembers of its jobs, above their checkpoints: which are done, what they have made
 * and spent; and the list of what ran.
 */
@Internal
package org.dynocopy.run.journal;

import org.dynocopy.Internal;

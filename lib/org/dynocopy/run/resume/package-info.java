/**
 * How a job that was stopped resumes: checkpoints, what they belong to, and whether the target
 * still has what was written.
 */
@Internal
package org.dynocopy.run.resume;

import org.dynocopy.Internal;

/**
 * How a job that was stopped resumes: checkpoints, what they belong to, and whether the target
 * still has what was written.
 */
package org.dynocopy.run.resume;

/** What happens to items between source and target, and the JSON that DynamoDB writes them in. */
package org.dynocopy.shape;

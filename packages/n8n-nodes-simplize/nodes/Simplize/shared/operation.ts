/** What every operation file of the Simplize node exports. */
import type { SimplizeConnection } from '@saoke/core/simplize';
import type { ItemContext } from '@saoke/n8n-kit';

export type OperationContext = ItemContext<SimplizeConnection>;

/** What every operation file of the Casso node exports. */
import type { CassoConnection } from '@saoke/core/casso';
import type { ItemContext } from '@saoke/n8n-kit';

export type OperationContext = ItemContext<CassoConnection>;

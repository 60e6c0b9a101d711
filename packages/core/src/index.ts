/** Public face of core: what a host may use. Bundles that are split take the entries one by one. */
export * from './common';
export * from './casso';
export * from './simplize';
export * from './webhook';
export * from './polling';
export * from './payment';

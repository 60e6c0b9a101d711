/** Public API of core. Split bundles import the entries one by one. */
export * from './common';
export * from './casso';
export * from './simplize';
export * from './webhook';
export * from './polling';
export * from './payment';

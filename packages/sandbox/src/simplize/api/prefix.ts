/** Where the Simplize half is mounted. */
export const SIMPLIZE_PREFIX = '/simplize';

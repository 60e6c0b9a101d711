#!/usr/bin/env node
/** The command of the package; runs its TypeScript as it is. */
import 'tsx';

await import('../src/cli.ts');

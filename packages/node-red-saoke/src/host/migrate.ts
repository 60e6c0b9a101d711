/**
 * Settings of a node carry a version. A later release raises it and adds a step here, so that a flow saved by an older
 * one keeps its meaning. All nodes begin at 1.
 */
import { ParameterError } from '@saoke/core';
import type { NodeProperties } from './nodeRed';

/** Turns settings of version n into those of version n + 1; the first step is the one from 1 to 2. */
export type MigrationStep = (properties: Record<string, unknown>) => Record<string, unknown>;

/**
 * @param steps in order; none while a node is at version 1
 * @returns the settings as this release means them
 * @throws ParameterError when they were saved by a newer release
 */
export function migrate<P extends NodeProperties>(properties: P, steps: readonly MigrationStep[] = []): P {
	const current = steps.length + 1;
	const version = properties.configVersion ?? 1;
	if (!Number.isSafeInteger(version) || version < 1 || version > current) {
		const hint = 'Update @saoke/node-red-saoke, or set the node up again.';
		throw new ParameterError('configVersion', 'This node was saved by a newer release of Saoke', hint);
	}
	const migrated = steps
		.slice(version - 1)
		.reduce((values, step) => step(values), { ...properties } as Record<string, unknown>);
	return { ...migrated, configVersion: current } as P;
}

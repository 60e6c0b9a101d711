/** The whole labelled set: written by hand and generated. */
import generated from './generated.json';
import { HAND_WRITTEN_MATCHING } from './handWrittenMatching';
import { HAND_WRITTEN_READING } from './handWrittenReading';
import type { MatchingLabel, ReadingLabel } from './model';

export const READING_LABELS: readonly ReadingLabel[] = [...HAND_WRITTEN_READING, ...generated.reading];
export const MATCHING_LABELS: readonly MatchingLabel[] = [...HAND_WRITTEN_MATCHING, ...generated.matching];

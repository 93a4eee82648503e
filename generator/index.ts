export { registerGeneratorCommands } from './commands/generate.ts';
export { type DefectShares, USUAL_DEFECTS } from './defects.ts';
export { type DistrictOptions, EVENTS_AT_VOLUME_1, generateDistrict } from './district.ts';
export { liveEvents } from './live.ts';
export { startTrickle, type TrickleOptions } from './trickle.ts';

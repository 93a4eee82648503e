export { CITY_IDS, type CityId } from './cities/cities.ts';
export { type CityArea, cityAreas } from './cities/city-areas.ts';
export { type CityOptions, generateCity } from './cities/generate-city.ts';
export { registerGeneratorCommands } from './commands/generate.ts';
export { type DefectShares, USUAL_DEFECTS } from './defects.ts';
export { type DistrictOptions, generateDistrict, volumeFor } from './district.ts';
export { liveEvents } from './live.ts';
export { startTrickle, type TrickleOptions } from './trickle.ts';

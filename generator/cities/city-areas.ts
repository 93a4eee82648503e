/** What the areas of the invented cities are called: districts by their names, townships by invented ones. */
import { CITIES, type CityId } from './cities.ts';

export interface CityArea {
  code: string;
  zh: string;
  en: string;
}

const DISTRICTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  '110101': ['东城区', 'Dongcheng'],
  '110102': ['西城区', 'Xicheng'],
  '110105': ['朝阳区', 'Chaoyang'],
  '320102': ['玄武区', 'Xuanwu'],
  '320104': ['秦淮区', 'Qinhuai'],
  '320105': ['建邺区', 'Jianye'],
  '320106': ['鼓楼区', 'Gulou'],
};
const NUMBERS = ['零', '一', '二', '三'];

/** Those that a rule set does not name itself, since no unit stands for them alone. */
export function cityAreas(city: CityId): CityArea[] {
  const codes = new Set(CITIES[city].units.flatMap(({ regions }) => regions));
  return [...codes].flatMap((code) => {
    const district = DISTRICTS[code];
    if (district) return [{ code, zh: district[0], en: district[1] }];
    const township = /^\d{6}00(\d)$/.exec(code);
    if (!township) return [];
    const n = Number(township[1]);
    return [{ code, zh: `第${NUMBERS[n] ?? n}街道`, en: `Subdistrict ${n}` }];
  });
}

import { SOURCES } from '../cloud-event.ts';
import { dayAndNight } from '../hours.ts';
import type { Activity, World } from '../world.ts';

const TOPICS: Readonly<Record<string, { unit: string; topics: readonly string[] }>> = {
  C: { unit: 'sthj', topics: ['异味扰民', '噪声', '污水排放'] },
  E: { unit: 'jsj', topics: ['拖欠工资', '施工噪声', '工程质量'] },
  F: { unit: 'scjg', topics: ['商品质量', '虚假宣传', '价格标示'] },
  H: { unit: 'scjg', topics: ['食品卫生', '油烟扰民', '食物变质'] },
  K: { unit: 'fcglj', topics: ['物业收费', '延期交房'] },
  L: { unit: 'zzb', topics: ['中介收费', '拖欠工资'] },
  O: { unit: 'zhzf', topics: ['预付卡退费', '占道经营'] },
  P: { unit: 'shsy', topics: ['退费纠纷', '无证办学'] },
  Q: { unit: 'shsy', topics: ['诊疗收费'] },
  R: { unit: 'gafj', topics: ['未实名登记', '深夜扰民'] },
};
const OTHER = { unit: 'scjg', topics: ['合同纠纷', '服务质量'] };

/** `complaint.received`, denser in some areas and industries. */
export function complaints(world: World): Activity {
  const random = world.random.fork('complaints');
  const { subjects, calendar, volume } = world;
  let number = 0;
  return (day) => {
    for (let n = random.poisson((calendar.isWorkday(day) ? 9 : 4) * volume); n > 0; n--) {
      const subject = subjects.risky(random);
      const { unit, topics } = TOPICS[subjects.section(subject)] ?? OTHER;
      const channel = random.pick(['12345', '12345', '12315', '网络', '来访']);
      world.emit({
        id: `TS${++number}`,
        source: SOURCES.hotline,
        type: 'complaint.received',
        day,
        clock: dayAndNight(random),
        department: unit,
        region: subjects.region(subject),
        subject: subjects.uscc(subject),
        data: `{"channel":"${channel}","topic":"${random.pick(topics)}"}`,
      });
    }
  };
}

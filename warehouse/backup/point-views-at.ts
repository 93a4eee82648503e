import type { Warehouse } from '../warehouse.ts';
import { quoted } from './backup-target.ts';

/** As the engine writes it: in back-quotes where it needs them. */
const NAME = '(?:`(?:[^`\\\\]|\\\\.)*`|[^\\s.`]+)';

interface View {
  name: string;
  create_table_query: string;
}

/**
 * Views name the database of their tables. Those of a database that is about to be renamed are made to name the one that
 * it will be; until then they read the tables of the database that has that name now.
 */
export async function pointViewsAt(warehouse: Warehouse, future: string): Promise<void> {
  const own = warehouse.database;
  const views = await warehouse.query<View>(
    "SELECT name, create_table_query FROM system.tables WHERE database = {own:String} AND engine = 'View' ORDER BY name",
    { own },
  );
  for (const { name, create_table_query } of views) {
    const body = create_table_query
      .replace(new RegExp(`^CREATE VIEW ${NAME}(?:\\.${NAME})?`), '')
      .replaceAll(
        new RegExp(`\\b${RegExp.escape(own)}\\.|${RegExp.escape(quoted(own))}\\.`, 'g'),
        () => `${quoted(future)}.`,
      );
    await warehouse.command(`CREATE OR REPLACE VIEW ${quoted(name)}${body}`);
  }
}

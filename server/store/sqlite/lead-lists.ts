/** Statements about what hangs on a lead, used on several paths. */
export const READ_LEAD_TAGS = `SELECT tag.name AS name FROM lead_tag JOIN tag ON tag.workspace = lead_tag.workspace AND tag.id = lead_tag.tag
  WHERE lead_tag.workspace = ? AND lead_tag.lead = ? ORDER BY lead_tag.id`;
export const INSERT_LEAD_TAG = 'INSERT INTO lead_tag (workspace, lead, tag) VALUES (?, ?, ?) ON CONFLICT (workspace, tag, lead) DO NOTHING';
/** Parameters: workspace, list, lead, import, at. */
export const ADD_MEMBER = `INSERT INTO list_member (workspace, list, lead, import_id, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace, list, lead) DO NOTHING`;
export const IS_MEMBER = 'SELECT 1 FROM list_member WHERE workspace = ? AND list = ? AND lead = ?';

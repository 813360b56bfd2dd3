/** Columns of ServiceNow's incident audit log, in its order. */
const COLUMNS = (
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,' +
  'sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,' +
  'cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,' +
  'rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at'
).split(',')

export type Fields = { readonly [column: string]: string }

const TYPICAL: Fields = {
  number: 'INC0000001',
  incident_state: 'New',
  active: 'TRUE',
  reassignment_count: '0',
  reopen_count: '0',
  sys_mod_count: '0',
  made_sla: 'TRUE',
  caller_id: 'Caller 12',
  opened_by: 'Opened by  3',
  opened_at: '07-03-2016 09:00',
  sys_created_at: '07-03-2016 09:05',
  sys_updated_by: 'Updated by 4',
  sys_updated_at: '07-03-2016 09:05',
  contact_type: 'Email',
  location: 'Location 9',
  category: 'Category 5',
  subcategory: 'Subcategory 50',
  u_symptom: 'Symptom 7',
  impact: '2 - Medium',
  urgency: '2 - Medium',
  priority: '3 - Moderate',
  assignment_group: 'Group 1',
  assigned_to: '?',
  knowledge: 'TRUE',
  notify: 'Do Not Notify',
}

/** A log of one row per set of fields; what a row doesn't name is as in an ordinary incident, or unknown. */
export function logFile(rows: readonly Fields[], columns: readonly string[] = COLUMNS): string {
  const lines = rows.map((fields) => {
    const row: Fields = { ...TYPICAL, ...fields }
    return columns.map((column) => row[column] ?? '?').join(',')
  })
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

/** `7 09:30` → `07-03-2016 09:30`: a minute of March 2016. */
export function march(text: string): string {
  const [day = '', time = ''] = text.split(' ')
  return `${day.padStart(2, '0')}-03-2016 ${time}`
}

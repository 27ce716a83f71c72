import { askWorkspace } from '../platform/ask-workspace.ts';
import { openDatabase } from '../storage/database.ts';
import { createEngine } from './planner-engine.ts';
import { servePlanner } from './planner-messages.ts';

/** Our own module worker: it opens the database itself and answers `planner-client.ts`. */
servePlanner(createEngine(openDatabase(), askWorkspace), globalThis as unknown as DedicatedWorkerGlobalScope); // a worker's global

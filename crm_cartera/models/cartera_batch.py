"""Jobs whose lines are claimed first and then done in batches: treatments, hand-overs."""

import logging

from odoo import api, models
from odoo.tools import SQL

from .cartera_engine import HURRIED, PATIENT, TRANSIENT

_logger = logging.getLogger(__name__)


class CarteraBatch(models.AbstractModel):
    """A record whose lines are done on cursors of their own, a batch a transaction, by one at a time.

    Whoever is cut off leaves what he had not done to the next. A model says which job does what is left
    (``_batch_cron``, an XML id; its name is the key of the advisory lock too), the model of its lines, and in
    which states lines of it may wait. Its ``_finish`` closes records that have no such line any more.
    """

    _name = "cartera.batch"
    _description = "Job in batches"

    _batch_cron = ""
    _batch_line = ""
    _batch_running = ("running",)

    @api.model
    def _wake_batch_cron(self):
        with self.env["cartera.engine"]._own_environment(HURRIED) as env:
            env.ref(self._batch_cron)._trigger()

    @api.model
    def _do_all(self):
        """Do all that waits, as a job: it can be ended at any time."""
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=self._count_todo_own())
        last, handled = 0, True
        while handled and left:
            last, handled = self._do_next(last)
            left = cron._commit_progress(handled)
        self._finish_own()
        # What somebody holds comes again within the hour: the job is done all the same.
        cron._commit_progress(remaining=0 if left else None)
        self.env["cartera.touch"]._drain_all()

    @api.model
    def _count_todo_own(self) -> int:
        """Count on a cursor of its own: the job's own snapshot is older."""
        with self.env["cartera.engine"]._own_environment() as env:
            lines = env[self._batch_line]
            return lines.search_count([("state", "in", lines._batch_todo)])

    @api.model
    def _do_next(self, after, ids=None) -> tuple[int, int]:
        """Do the next batch of lines behind line ``after``; return (last line, how many).

        ``ids``: of these records only. None are handled if there are none, or another one is at it.
        """
        with self.env["cartera.engine"]._own_environment(PATIENT) as env:
            query = SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", self._batch_cron)
            if not env.execute_query(query)[0][0]:
                return after, 0
            lines = env[self._batch_line]._take_todo(after, ids)
            lines._do()
            return max(lines.ids, default=after), len(lines)

    @api.model
    def _finish_own(self, ids=None):
        """Close the records that have nothing left to do."""
        with self.env["cartera.engine"]._own_environment() as env:
            lines = env[self._batch_line]
            rows = env.execute_query(
                SQL(
                    """SELECT h.id FROM %(table)s h WHERE h.state IN %(running)s AND %(these)s
                          AND NOT EXISTS (SELECT FROM %(lines)s l
                                           WHERE %(parent)s = h.id AND l.state IN %(todo)s)
                          FOR UPDATE SKIP LOCKED""",
                    table=SQL.identifier(self._table),
                    running=self._batch_running,
                    these=SQL("TRUE") if ids is None else SQL("h.id = ANY(%s)", ids),
                    lines=SQL.identifier(lines._table),
                    parent=SQL.identifier("l", lines._batch_parent),
                    todo=lines._batch_todo,
                )
            )
            records = env[self._name].browse(record for (record,) in rows)
            if records:
                records._finish()

    def _finish(self):
        """Close these records; each model does it its way."""
        raise NotImplementedError


class CarteraBatchLine(models.AbstractModel):
    """A line of such a record, found by ``_batch_parent``; ``_do`` does those that were taken."""

    _name = "cartera.batch.line"
    _description = "Line of a job in batches"

    _batch_parent = ""
    _batch_todo = ("waiting",)
    #: Lines in one transaction.
    _batch_size = 200

    @api.model
    def _take_todo(self, after, parents=None):
        """Lock and return the next lines that wait, unless somebody holds them."""
        self.flush_model()
        these = SQL("%s = ANY(%s)", SQL.identifier(self._batch_parent), parents)
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM %s WHERE state IN %s AND id > %s AND %s
                 ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED""",
                SQL.identifier(self._table),
                self._batch_todo,
                after,
                SQL("TRUE") if parents is None else these,
                self._batch_size,
            )
        )
        return self.browse(line for (line,) in rows)

    def _do(self):
        """Do these lines; each model does it its way."""
        raise NotImplementedError

    def _try_together(self, *how):
        """Do lines together; if that fails, by halves, so that one cannot stop others.

        ``how``: what they have in common, as ``_do_together`` and ``_note_failure`` take it. What failed in
        passing waits for the next job.
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._do_together(*how)
        except TRANSIENT:
            self.env.invalidate_all(flush=False)
            _logger.info("%s lines wait for the next job", len(self), exc_info=True)
        except Exception as error:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                _logger.warning("%s of record %s failed", self._description, self.id, exc_info=True)
                self._note_failure(error, *how)
                return
            middle = len(self) // 2
            self[:middle]._try_together(*how)
            self[middle:]._try_together(*how)

    def _do_together(self, *how):
        """Do lines that have everything in common; each model does it its way."""
        raise NotImplementedError

    def _note_failure(self, error, *how):
        """Note that a line failed by itself too."""
        state = self._get_failed_state(*how)
        self.write({"state": state, "reason": "error", "error": str(error)})

    def _get_failed_state(self, *_how):
        return "skipped"

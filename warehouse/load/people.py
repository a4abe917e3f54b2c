"""Office-holders: people of one article joined across all of them."""

from __future__ import annotations

from schemas.derive import contract
from warehouse.load.rows import PARTIES, PERSON_COLUMNS, delete, of_chosen
from warehouse.load.work import Work


def load_people(work: Work) -> None:
    """Joins people across all articles: inserts those of the chosen articles, moves others where the join has changed, and derives `ministers` anew for all
    whom this changes."""
    work.temp("people_in", of_chosen(work, "article_ministers"))
    if not work.count("people_in") and not work.count("changed_ministers"):
        return
    work.script("people.sql")
    same = "m.name_key = a.name_key AND m.surname_key = a.surname_key AND m.is_surname_only = a.is_surname_only "
    same += "AND m.place = coalesce(a.country_iso3, a.organisation, '') AND m.rank = a.rank"
    work.temp(
        "moved",
        f"""
        SELECT a.article_id, a.person_key, a.minister_id AS old_id, m.minister_id AS new_id
        FROM main.article_ministers AS a JOIN person_map AS m ON {same} WHERE a.minister_id <> m.minister_id
        """,
    )
    if work.count("moved"):
        _move(work)
    work.run(
        f"""
        INSERT INTO main.article_ministers BY NAME
        SELECT a.* REPLACE (m.minister_id AS minister_id) FROM people_in AS a JOIN person_map AS m ON {same}
        """
    )
    work.run(
        "INSERT INTO changed_ministers SELECT DISTINCT minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM chosen)"
    )
    work.script("ministers.sql")


def _move(work: Work) -> None:
    """Gives people of articles already loaded their new ids. Where one id of an article parts into two, its mentions cannot tell which
    is whose: the article is removed, and so derived again."""
    work.temp(
        "parted",
        """
        SELECT DISTINCT a.article_id FROM main.article_ministers AS a LEFT JOIN moved AS m USING (article_id, person_key)
        WHERE a.article_id IN (SELECT article_id FROM moved)
        GROUP BY a.article_id, a.minister_id HAVING count(DISTINCT coalesce(m.new_id, a.minister_id)) > 1
        """,
    )
    work.run(
        "INSERT INTO changed_ministers SELECT old_id FROM moved UNION SELECT new_id FROM moved "
        "UNION SELECT minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM parted)"
    )
    delete(work, "parted")
    work.run("DELETE FROM moved WHERE article_id IN (SELECT article_id FROM parted)")
    work.run(
        """
        UPDATE main.article_ministers AS a SET minister_id = m.new_id FROM moved AS m
        WHERE a.article_id = m.article_id AND a.person_key = m.person_key
        """
    )
    work.temp("renamed", "SELECT DISTINCT article_id, old_id, new_id FROM moved")
    for table, column in PERSON_COLUMNS.items():
        parent = PARTIES.get(table)
        if parent:
            key = contract(parent).key[0]
            names = f"(SELECT p.{key}, r.old_id, r.new_id FROM main.{parent} AS p JOIN renamed AS r USING (article_id))"
        else:
            key, names = "article_id", "renamed"
        work.run(f"UPDATE main.{table} AS t SET {column} = r.new_id FROM {names} AS r WHERE t.{key} = r.{key} AND t.{column} = r.old_id")

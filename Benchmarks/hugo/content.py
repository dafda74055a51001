#!/usr/bin/env python3
"""Writes the articles of a Sen NDJSON file as content of Hugo: content.py sen.ndjson DIR."""
import json, os, sys

source, folder = sys.argv[1:]
terms = {}
os.makedirs(f"{folder}/article", exist_ok=True)
for line in open(source, encoding="utf-8"):
    item = json.loads(line)
    if item["type"] != "article":
        terms[item["slug"]] = item["title"]
        os.makedirs(f"{folder}/{item['type']}/{item['slug']}", exist_ok=True)
        with open(f"{folder}/{item['type']}/{item['slug']}/_index.md", "w", encoding="utf-8") as file:
            file.write(f"---\n{json.dumps({'title': item['title']}, ensure_ascii=False)[1:-1]}\n---\n".replace('"title": ', "title: "))
        continue
    front = {
        "title": item["title"], "slug": item["slug"], "date": item["publishAt"], "lastmod": item["updatedAt"],
        "draft": item["state"] != "published", "summary": item["summary"], "byline": item["byline"],
        "category": [item["category"]], "source": [item["source"]], "tag": item["tags"],
    }
    with open(f"{folder}/article/{item['slug']}.md", "w", encoding="utf-8") as file:
        file.write(json.dumps(front, ensure_ascii=False) + "\n\n" + item["body"] + "\n")

#!/bin/bash
# Makes the fixture of a released schema: Tests/Fixtures/Sites/make.sh NUMBER PROGRAM FOLDER, the program being the
# last that had it. `kernel-N.sql` is the whole database, `kernel-N.ndjson` what that program said was in it.
# Content that every release could hold, and what only later ones had.
set -e
N=$1; SEN=$2; OUT=$3
W=$(mktemp -d); cd $W
export XDG_STATE_HOME=$W/state SEN_USER=lan
$SEN init site; cd site
printf 'anh lua' > lua.jpg
$SEN category create 'Tin tức' --state published
$SEN category create 'Nông thôn mới' --parent tin-tuc
$SEN topic create 'Mùa vụ'
$SEN source create 'Báo Nông nghiệp' --url https://bao.example.vn
$SEN article create 'Đường làng ngõ xóm' --category nong-thon-moi --tags 'lúa, đường làng' --cover lua.jpg --summary 'Dài 3 km' --body '<p>Một con đường</p>' --state published
$SEN article create 'Hội nghị tổng kết' --category tin-tuc --source bao-nong-nghiep --topic mua-vu
$SEN article create 'Bài nháp' 
$SEN article create 'Bài bỏ đi' --tags lúa
$SEN article set duong-lang-ngo-xom slug=duong-lang 'summary=Dài 4 km'
$SEN article set hoi-nghi-tong-ket 'body=Đã họp' state=review
$SEN article delete bai-bo-di
$SEN config set title 'Cổng tỉnh'
if [ $N -ge 3 ]; then
  $SEN poll create 'Trang này thế nào?' --option Tốt --option Vừa --state published
  $SEN poll vote @last --option 1 --voter an
  $SEN poll vote @last --option 2 --voter binh
fi
if [ $N -ge 4 ]; then $SEN page create 'Giới thiệu' --body 'Về chúng tôi'; fi
if [ $N -ge 5 ]; then $SEN link create 'Tỉnh' --url https://tinh.example.vn; fi
rm -f lua.jpg
$SEN export ndjson > $OUT/kernel-$N.ndjson
sqlite3 site.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
sqlite3 site.db .dump > $OUT/kernel-$N.sql
rm -rf $W
